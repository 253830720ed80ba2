/** Bounds on what an import may contain. Generous for a large account, small enough that one upload cannot exhaust a worker. */
export const importLimits = {
  /** Of one import, members of archives counted. */
  archiveEntries: 1_000,
  archiveBytes: 100 * 1024 * 1024,
  /** A description of a custom resource nests deeply; our own push format does not. */
  providerJsonDepth: 128,
  pushJsonDepth: 32,
  yamlAliases: 100,
  rejectedKept: 100_000,
  pushRecords: 500_000,
  tableRows: 1_000_000,
} as const;
