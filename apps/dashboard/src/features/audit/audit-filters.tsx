"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { SelectField, TextField } from "@/ui/field.tsx";
import { actionPhrase } from "./action-sentence.ts";
import type { useAuditUrl } from "./use-audit-url.ts";

type AuditUrl = ReturnType<typeof useAuditUrl>;

export function AuditFilters({ url, setUrl, actorName }: Pick<AuditUrl, "url" | "setUrl"> & { actorName: string | null }) {
  const actions = useQuery(useTRPC().audit.actions.queryOptions());
  const options = [
    { value: "", label: "Everything" },
    ...(actions.data ?? []).map((action) => ({ value: action, label: actionPhrase(action) })),
  ];
  const filtered = url.action !== "" || url.actor !== "" || url.from !== "" || url.to !== "";
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <SelectField
        label="What was done"
        className="w-56"
        options={options}
        value={url.action}
        onChange={(event) => void setUrl({ action: event.target.value || null })}
      />
      <TextField
        label="From"
        type="date"
        className="w-40"
        value={url.from}
        max={url.to}
        onChange={(event) => void setUrl({ from: event.target.value || null })}
      />
      <TextField
        label="To"
        type="date"
        className="w-40"
        value={url.to}
        min={url.from}
        onChange={(event) => void setUrl({ to: event.target.value || null })}
      />
      {url.actor === "" ? null : (
        <Button onClick={() => void setUrl({ actor: null })}>
          By <bdi>{actorName ?? "one actor"}</bdi> <span aria-hidden>×</span>
          <span className="sr-only">remove</span>
        </Button>
      )}
      {filtered ? (
        <Button tone="quiet" onClick={() => void setUrl(null)}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}
