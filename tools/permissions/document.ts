import type { ConnectorManifest } from "@rollcall/posture-pipeline";

const intro = `# Permissions of connectors

What each kind of source needs, taken from the connectors' own manifests: \`npm run docs:permissions\` writes this page, and a test compares it with the code. The page *Sources* shows the same for each
connector. Exports are made with these rights by whoever runs the commands; Rollcall does not hold them. A source that Rollcall reads from an address by itself is given one credential for that address, and
needs no right beyond reading it.
`;

const isJson = (text: string): boolean => text.trimStart().startsWith("{");
const list = (items: readonly string[]): string => (items.length === 0 ? "none" : items.map((item) => `\`${item}\``).join(", "));

/** The published page, from the manifests in their order. */
export function permissionsDocument(manifests: readonly ConnectorManifest[]): string {
  return [intro, ...manifests.map(section)].join("\n");
}

function section(manifest: ConnectorManifest): string {
  const { title, id, summary, datasets, howToExport, leastPrivilegePolicy: policy } = manifest;
  const rows = datasets.map(({ title: name, emits, permissions }) => `| ${name} | ${list(permissions)} | ${emits.join(", ")} |`);
  const beyond = permissionsBeyondPolicy(manifest);
  const policyText =
    policy === null
      ? ["No policy: nothing has to be granted beyond reading the files themselves."]
      : [`Least privilege, ready to copy:`, "", `\`\`\`${isJson(policy) ? "json" : "yaml"}`, policy.trimEnd(), "```"];
  const beyondText =
    beyond.length === 0
      ? []
      : [
          "",
          `Not in the policy, because it would allow more than is read or is seldom needed: ${list(beyond)}. Grant it only for the optional commands.`,
        ];
  return [
    `## ${title} (\`${id}\`)`,
    "",
    summary,
    "",
    "| dataset | needs | gives |",
    "|---|---|---|",
    ...rows,
    "",
    ...policyText,
    ...beyondText,
    "",
    ...howToExport.flatMap(({ title: what, command }) => [`${what}:`, "", "```sh", command, "```", ""]),
  ].join("\n");
}

/** What a dataset names and the policy does not grant: `list secrets` of Kubernetes would hand out their values. */
export function permissionsBeyondPolicy({ datasets, leastPrivilegePolicy: policy }: ConnectorManifest): readonly string[] {
  if (policy === null) return [];
  const named = [...new Set(datasets.flatMap(({ permissions }) => permissions))];
  return named.filter((permission) => !new RegExp(`(?<![\\w:-])${escaped(permission.replace(/^list /, ""))}(?![\\w-])`).test(policy));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
