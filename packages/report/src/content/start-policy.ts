/** The command that writes a policy to begin with. */
export const startPolicy = "npx metricgate init";
