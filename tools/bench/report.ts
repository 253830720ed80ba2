export interface Row {
  readonly what: string;
  readonly wallMs: number | null;
  readonly cpuMs?: number;
  /** e.g. `120 k rows/s`. */
  readonly rate?: string;
  /** e.g. `0.42 x raw COPY`. */
  readonly ratio?: string;
  /** How the figure came about, when it is not simply measured. */
  readonly note?: string;
}

const time = (ms: number | null | undefined): string =>
  ms === null || ms === undefined
    ? ""
    : ms >= 10_000
      ? `${(ms / 1000).toFixed(1)} s`
      : ms >= 100
        ? `${ms.toFixed(0)} ms`
        : ms >= 1
          ? `${ms.toFixed(1)} ms`
          : `${(ms * 1000).toFixed(0)} us`;

export const perSecond = (count: number, ms: number, unit: string): string => {
  const rate = (count * 1000) / ms;
  return `${rate >= 1e6 ? `${(rate / 1e6).toFixed(1)} M` : rate >= 1000 ? `${(rate / 1000).toFixed(0)} k` : rate.toFixed(0)} ${unit}/s`;
};

export const times = (ms: number, baseline: number, name: string): string => `${(ms / baseline).toFixed(2)} x ${name}`;
export const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MiB`;
export const count = (n: number): string => n.toLocaleString("en");

/** Prints; asserts nothing. Figures of one table were taken in one run and may be compared; figures of two runs may not. */
export function printTable(title: string, rows: readonly Row[]): void {
  const cells = [
    ["", "wall", "CPU", "rate", "ratio", "note"],
    ...rows.map((row) => [row.what, time(row.wallMs), time(row.cpuMs), row.rate ?? "", row.ratio ?? "", row.note ?? ""]),
  ];
  const used = cells[0]!.map((_, column) => column).filter((column) => cells.slice(1).some((row) => row[column] !== ""));
  const widths = used.map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  process.stdout.write(`\n${title}\n`);
  for (const row of cells)
    process.stdout.write(
      `  ${used
        .map((column, index) => (index === 0 ? row[column]!.padEnd(widths[index]!) : row[column]!.padStart(widths[index]!)))
        .join("   ")
        .trimEnd()}\n`,
    );
}
