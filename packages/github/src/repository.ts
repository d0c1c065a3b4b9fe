import { UserError } from "@metricgate/core/errors/user-error";

/** Splits `octo/ml`. @throws UserError `repository-invalid` */
export function ownerAndName(repo: string): { owner: string; repo: string } {
  const [owner, name, ...more] = repo.split("/");
  if (!owner || !name || more.length > 0) {
    throw new UserError("repository-invalid", `"${repo}" is not a repository`, "Give it as OWNER/NAME, as in octo/ml.");
  }
  return { owner, repo: name };
}
