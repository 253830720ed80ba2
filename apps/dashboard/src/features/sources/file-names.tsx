import { formatCount } from "@/ui/format.ts";

const SHOWN = 3;

/** The names of what was sent: the first of them, and the others on request. */
export function FileNames({ files }: { files: readonly string[] }) {
  if (files.length <= SHOWN + 1) return <bdi className="wrap-anywhere">{files.join(", ")}</bdi>;
  return (
    <>
      <bdi className="wrap-anywhere">{files.slice(0, SHOWN).join(", ")}</bdi> and {formatCount(files.length - SHOWN)} others
    </>
  );
}

export function AllFileNames({ files }: { files: readonly string[] }) {
  if (files.length <= SHOWN + 1) return null;
  return (
    <details className="mb-6 text-sm">
      <summary className="w-fit cursor-pointer text-ink-3">All {formatCount(files.length)} files</summary>
      {/* Scrolls by keyboard too. */}
      <div role="region" aria-label="All files" tabIndex={0} className="mt-1 max-h-64 overflow-y-auto">
        <ul>
          {files.map((file, index) => (
            <li key={`${index} ${file}`} className="font-mono text-xs wrap-anywhere text-ink-2">
              <bdi>{file}</bdi>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
