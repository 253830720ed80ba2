/** The picture of the house as rules. No project matches a wildcard: one without a rule here fails the structure check. */
export const depConstraints = [
  { sourceTag: "layer:model", onlyDependOnLibsWithTags: [] },
  { sourceTag: "layer:platform", onlyDependOnLibsWithTags: [] },
  // For others to use: it knows the published document and nothing of the house.
  { sourceTag: "layer:client", onlyDependOnLibsWithTags: [] },
  { sourceTag: "name:access-graph", onlyDependOnLibsWithTags: ["layer:model"] },
  { sourceTag: "name:risk-scoring", onlyDependOnLibsWithTags: ["layer:model", "name:access-graph"] },
  { sourceTag: "name:framework-mapping", onlyDependOnLibsWithTags: ["layer:model"] },
  { sourceTag: "name:lifecycle", onlyDependOnLibsWithTags: ["layer:model"] },
  { sourceTag: "layer:application", onlyDependOnLibsWithTags: ["layer:model", "layer:domain", "layer:platform"] },
  // Adapters implement the ports and never import one another.
  { sourceTag: "layer:adapter", onlyDependOnLibsWithTags: ["layer:model", "layer:domain", "layer:application", "layer:platform"] },
  { sourceTag: "name:dashboard", onlyDependOnLibsWithTags: ["layer:model", "name:api-router"] },
  { sourceTag: "name:api", onlyDependOnLibsWithTags: ["layer:model", "layer:application", "layer:adapter", "layer:platform"] },
  {
    sourceTag: "name:worker",
    onlyDependOnLibsWithTags: ["layer:model", "layer:application", "layer:platform", "name:persistence", "name:jobs", "name:connectors"],
  },
];
