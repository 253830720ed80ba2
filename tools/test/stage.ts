export interface StageResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Said in the summary, e.g. why something was skipped. */
  readonly note?: string;
}

export interface Stage {
  readonly name: string;
  /** `filter` is part of a test file's path, or null for everything. Null result: nothing of this stage matches. */
  run(context: StageContext): Promise<StageResult | null>;
}

export interface StageContext {
  readonly root: string;
  readonly filter: string | null;
  /** A folder for reports, emptied before the run. */
  readonly reportDir: string;
  readonly isCi: boolean;
  say(text: string): void;
}
