"use client";

import { X } from "lucide-react";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { Button, IconButton } from "@/ui/button.tsx";
import { cx } from "@/ui/cx.ts";
import { formatDecimal, plural } from "@/ui/format.ts";
import { filesOfDrop } from "./files-of-drop.ts";

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${formatDecimal(bytes / 1_000)} kB` : `${formatDecimal(bytes / 1_000_000)} MB`;
}

interface ChosenFilesProps {
  readonly files: readonly File[];
  readonly onRemove: (file: File) => void;
  readonly onClear: () => void;
}

/** A folder full of files must not push the button that sends them out of sight. */
export function ChosenFiles({ files, onRemove, onClear }: ChosenFilesProps) {
  return (
    <div>
      {files.length > 1 ? (
        <p className="flex items-center justify-between gap-4 pb-1 text-sm text-ink-2">
          {plural(files.length, "file")}, {size(files.reduce((sum, file) => sum + file.size, 0))}
          <Button size="sm" tone="quiet" onClick={onClear}>
            Leave all out
          </Button>
        </p>
      ) : null}
      <FileList files={files} onRemove={onRemove} />
    </div>
  );
}

function FileList({ files, onRemove }: Omit<ChosenFilesProps, "onClear">) {
  return (
    <ul aria-label="Chosen files" className="max-h-72 overflow-y-auto border-t border-line">
      {files.map((file, index) => (
        // Two folders may hold files of the same name.
        <li key={`${index} ${file.name}`} className="flex h-9 items-center gap-3 border-b border-line">
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

/** A file that misses the field would otherwise replace the whole page. */
function useDropsElsewhereIgnored(): void {
  useEffect(() => {
    const ignore = (event: globalThis.DragEvent) => event.preventDefault();
    window.addEventListener("dragover", ignore);
    window.addEventListener("drop", ignore);
    return () => {
      window.removeEventListener("dragover", ignore);
      window.removeEventListener("drop", ignore);
    };
  }, []);
}

/** Takes files and folders dropped on it, or files chosen through it. */
export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useDropsElsewhereIgnored();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void filesOfDrop(event.dataTransfer).then(onFiles);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        // Moving over what stands in the field is not leaving it.
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false);
      }}
      onDrop={drop}
      className={cx(
        "flex flex-col items-center justify-center gap-3 rounded-lg border border-dashed border-control px-6 py-10 text-center transition-colors duration-120",
        over && "border-accent bg-accent-soft",
      )}
    >
      <p className="text-lg font-medium">Drop export files or a folder here</p>
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
