"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { IdentityDrawer } from "@/features/identity/identity-drawer.tsx";
import { useMay } from "@/features/shell/use-session.ts";
import { ButtonLink } from "@/ui/button.tsx";
import { DataTable } from "@/ui/data-table/data-table.tsx";
import { plural } from "@/ui/format.ts";
import { Parent } from "@/ui/query-page.tsx";
import { SearchField } from "@/ui/search-field.tsx";
import { Empty, Failure, FilteredAway, Skeleton } from "@/ui/states.tsx";
import { Tabs } from "@/ui/tabs.tsx";
import { CREDENTIAL_COLUMNS } from "./credential-columns.tsx";
import { EXPIRY_PARTS } from "./expiry-words.ts";
import { useCredentialRows, type CredentialFilter } from "./use-credential-rows.ts";

const ALL = "all";
const PARTS = EXPIRY_PARTS.map(({ id }) => id);
const ALL_SHOWN = {};

function useCredentialsUrl() {
  const parsers = { expiry: parseAsStringLiteral(PARTS), q: parseAsString.withDefault(""), identity: parseAsString };
  const [url, setUrl] = useQueryStates(parsers, { history: "push", scroll: false });
  const { expiry, q } = url;
  const filter = useMemo(
    (): CredentialFilter => ({ ...(expiry ? { expiry } : {}), ...(q.trim() ? { search: q.trim() } : {}) }),
    [expiry, q],
  );
  const search = (text: string) => void setUrl({ q: text || null }, { history: "replace" });
  return { url, setUrl, search, filter };
}

function Rows({ credentials, list }: { credentials: ReturnType<typeof useCredentialsUrl>; list: ReturnType<typeof useCredentialRows> }) {
  const { url, setUrl, filter } = credentials;
  const may = useMay();
  if (list.query.isError)
    return <Failure what="The credentials" error={list.query.error} onRetry={() => void list.query.refetch()} className="m-8" />;
  if (!list.query.data) return <Skeleton className="m-8 h-96" />;
  const filtered = Object.keys(filter).length > 0;
  return (
    <DataTable
      label="Credentials"
      columns={CREDENTIAL_COLUMNS}
      rows={list.rows}
      total={list.total?.count ?? list.rows.length}
      hidden={ALL_SHOWN}
      density="comfortable"
      sort={null}
      onSort={() => undefined}
      openId={list.rows.find((row) => row.identityId === url.identity)?.id ?? null}
      onOpen={(row) => void setUrl({ identity: row.identityId }, { history: url.identity === null ? "push" : "replace" })}
      hasMore={list.query.hasNextPage}
      onMore={list.more}
      empty={
        filtered ? (
          <FilteredAway what="credentials" onClear={() => void setUrl({ expiry: null, q: null })} />
        ) : (
          <Empty
            title="No credential is known"
            action={
              may.import ? (
                <ButtonLink tone="primary" href="/sources/add">
                  Bring an export
                </ButtonLink>
              ) : (
                <ButtonLink href="/sources">See what is connected</ButtonLink>
              )
            }
          >
            No connected source lists any. They come with an export that lists the keys, tokens and certificates of its identities.
          </Empty>
        )
      }
    />
  );
}

/** Every credential, soonest end first; the forecast of the posture page leads here, each bar to as many rows as it counts. */
export function CredentialsPage() {
  const credentials = useCredentialsUrl();
  const { url, setUrl, search, filter } = credentials;
  const list = useCredentialRows(filter);
  return (
    <div className="flex h-[calc(100dvh-48px)] flex-col max-md:h-[calc(100dvh-104px)]" data-print="flow">
      <div className="px-4 pt-4 sm:px-8">
        <Parent href="/" label="Posture" />
        <h1 className="text-xl font-semibold tracking-[-0.01em]">Credentials by when they end</h1>
      </div>
      <Tabs
        label="When they end"
        className="px-4 sm:px-8"
        value={url.expiry ?? ALL}
        onChange={(id) => void setUrl({ expiry: PARTS.find((part) => part === id) ?? null })}
        items={[{ id: ALL, label: "All" }, ...EXPIRY_PARTS]}
      />
      <div data-print="hide" className="flex flex-wrap items-center gap-2 px-4 py-2 sm:px-8">
        <SearchField label="Search credentials" placeholder="Credential or identity" value={url.q} onChange={search} />
        <p role="status" className="text-sm text-ink-3">
          {list.total ? `${list.total.capped ? "more than " : ""}${plural(list.total.count, "credential")}` : ""}
        </p>
      </div>
      <Rows credentials={credentials} list={list} />
      <IdentityDrawer id={url.identity} onClose={() => void setUrl({ identity: null })} />
    </div>
  );
}
