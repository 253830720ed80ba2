export interface Violation {
  readonly path: string;
  /** 1-based; null when the whole file or folder is meant. */
  readonly line: number | null;
  readonly message: string;
}

/** One source file as the checks read it. `path` is relative to the repository root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export function formatViolation({ path, line, message }: Violation): string {
  return `${path}${line === null ? "" : `:${line}`}  ${message}`;
}
