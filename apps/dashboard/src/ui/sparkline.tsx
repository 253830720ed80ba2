import { cx } from "./cx.ts";

interface SparklineProps {
  readonly values: readonly (number | null)[];
  /** What it shows, for those who cannot see it. */
  readonly label: string;
  readonly className?: string;
}

function runs(values: readonly (number | null)[], scale: (value: number, index: number) => string): string[] {
  const paths: string[] = [];
  let current: string[] = [];
  values.forEach((value, index) => {
    if (value === null) {
      if (current.length > 1) paths.push(`M${current.join("L")}`);
      current = [];
    } else current.push(scale(value, index));
  });
  if (current.length > 1) paths.push(`M${current.join("L")}`);
  return paths;
}

/** A trend in a word's height. Days without a value are gaps, not zeros. */
export function Sparkline({ values, label, className }: SparklineProps) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return <span className={cx("block h-6 w-20 min-w-0 shrink", className)} />;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const scale = (value: number, index: number) =>
    `${((index / (values.length - 1)) * 78 + 1).toFixed(1)} ${(21 - ((value - low) / span) * 18).toFixed(1)}`;
  const last = known.at(-1) ?? 0;
  const [lastX = "0", lastY = "0"] = scale(last, values.lastIndexOf(last)).split(" ");
  return (
    <svg viewBox="0 0 82 24" role="img" aria-label={label} className={cx("h-6 w-20 min-w-0 shrink overflow-visible text-ink-3", className)}>
      {runs(values, scale).map((path) => (
        <path key={path} d={path} fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinejoin="round" strokeLinecap="round" />
      ))}
      <circle cx={lastX} cy={lastY} r="2" className="fill-ink" />
    </svg>
  );
}
