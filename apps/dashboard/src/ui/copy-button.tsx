"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "./cx.ts";

export function CopyButton({
  text,
  label = "Copy",
  showLabel = false,
  className,
}: {
  text: string;
  label?: string;
  showLabel?: boolean;
  className?: string;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={copied ? "Copied" : label}
      title={label}
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      className={cx(
        "inline-flex h-6 min-w-6 items-center justify-center gap-1.5 rounded-sm px-1 text-xs text-ink-3 hover:bg-hover hover:text-ink",
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
      {showLabel ? <span>{copied ? "Copied" : label}</span> : null}
    </button>
  );
}

/** An id, key or ARN as it stands at the source, with a way to take it along. */
export function NativeId({ value, className }: { value: string; className?: string }) {
  return (
    <span className={cx("inline-flex min-w-0 items-center gap-1", className)}>
      <bdi className="min-w-0 truncate font-mono text-xs text-ink-3" title={value}>
        {value}
      </bdi>
      <CopyButton text={value} label="Copy identifier" />
    </span>
  );
}
