import { CopyButton } from "./copy-button.tsx";

export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-md border border-line bg-sunken">
      {/* Scrolls sideways, so it must be reachable by keyboard. */}
      <pre
        tabIndex={0}
        aria-label={label}
        className="max-h-80 overflow-auto p-3 pr-20 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
      >
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label="Copy" showLabel className="absolute top-2 right-2 bg-sunken px-1.5" />
    </div>
  );
}
