"use client";

import { X } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { Button, IconButton } from "@/ui/button.tsx";
import { cx } from "@/ui/cx.ts";
import { formatDecimal } from "@/ui/format.ts";

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${formatDecimal(bytes / 1_000)} kB` : `${formatDecimal(bytes / 1_000_000)} MB`;
}

export function ChosenFiles({ files, onRemove }: { files: readonly File[]; onRemove: (file: File) => void }) {
  return (
    <ul aria-label="Chosen files">
      {files.map((file) => (
        <li key={`${file.name} ${file.size}`} className="flex h-9 items-center gap-3 border-b border-line">
          <bdi className="min-w-0 flex-1 truncate font-mono text-xs">{file.name}</bdi>
          <span className="text-sm text-ink-3">{size(file.size)}</span>
          <IconButton label={`Leave out ${file.name}`} onClick={() => onRemove(file)} className="size-7">
            <X aria-hidden className="size-3.5" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}

/** Takes files dropped on it or chosen through it. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        "flex flex-col items-center justify-center gap-3 rounded-lg border border-dashed border-control px-6 py-10 text-center transition-colors duration-120",
        over && "border-accent bg-accent-soft",
      )}
    >
      <p className="text-lg font-medium">Drop export files here</p>
      <p className="measure text-sm text-ink-2">
        JSON, CSV, YAML, NDJSON, or a zip with several of them. They are read in memory; secrets in them are neither stored nor logged.
      </p>
      <Button onClick={() => input.current?.click()}>Choose files</Button>
      <input
        ref={input}
        type="file"
        multiple
        aria-label="Choose export files"
        accept=".json,.csv,.yaml,.yml,.ndjson,.jsonl,.zip,.gz,.txt"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
