import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPCClient } from "@/api/trpc.ts";
import type { Outputs } from "@/api/trpc.ts";
import { draftOf, mappingOf, type MappingDraft } from "./draft.ts";
import { looksLikeTable, readTableHead, type TableHead } from "./table-head.ts";

export type TableSeen = Outputs["sources"]["previewTable"];

export interface UnknownTable {
  readonly file: File;
  readonly head: TableHead;
  readonly seen: TableSeen;
}

const keyOf = (file: File): string => `${file.name} ${file.size} ${file.lastModified}`;

/** Looks into each table among the files: those that no connector knows need a person to say which column is what. */
export function useTables(files: readonly File[]) {
  const client = useTRPCClient();
  const [drafts, setDrafts] = useState<Readonly<Record<string, MappingDraft>>>({});
  const looks = useQueries({
    queries: files.filter(looksLikeTable).map((file) => ({
      queryKey: ["table", keyOf(file)],
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      queryFn: async (): Promise<UnknownTable> => {
        const head = await readTableHead(file);
        return { file, head, seen: await client.sources.previewTable.mutate({ ...head, mapping: null }) };
      },
    })),
  });
  const unknown = looks.flatMap(({ data }) => (data === undefined || data.seen.knownAs !== null ? [] : [data]));
  const [table] = unknown;
  const draft = table === undefined ? null : (drafts[keyOf(table.file)] ?? draftOf(table.seen, table.file.name));
  return {
    pending: looks.some(({ isPending }) => isPending),
    unknown,
    table: table ?? null,
    draft,
    mapping: draft === null ? null : mappingOf(draft),
    setDraft: (changed: MappingDraft) => {
      if (table !== undefined) setDrafts((before) => ({ ...before, [keyOf(table.file)]: changed }));
    },
  };
}

/** What would come of the table as the draft reads it. The name of the source changes nothing of that. */
export function useOutcome({ head, file }: UnknownTable, draft: MappingDraft) {
  const client = useTRPCClient();
  const mapping = mappingOf({ ...draft, source: "preview" });
  return useQuery({
    queryKey: ["table", keyOf(file), mapping],
    enabled: mapping !== null,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    queryFn: () => client.sources.previewTable.mutate({ ...head, mapping }),
  });
}
