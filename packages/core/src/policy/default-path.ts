/** Where the policy lies when nobody names another file. There a policy may be absent; a file that was named must exist. */
export const DEFAULT_POLICY_PATH = ".github/metricgate.yml";
