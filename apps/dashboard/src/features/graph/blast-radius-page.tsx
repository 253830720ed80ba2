"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/api/trpc.ts";
import { CopyButton } from "@/ui/copy-button.tsx";
import { Name } from "@/ui/name.tsx";
import { Page } from "@/ui/page.tsx";
import { usePageTitle } from "@/ui/use-page-title.ts";
import { word } from "@/ui/words.ts";
import { Explorer } from "./explorer.tsx";
import { graphHref, useUrlGraphState } from "./graph-state.ts";
import { LoadingGraph } from "./loading-graph.tsx";
import { nodeNoun } from "./nouns.ts";
import { StartPicker } from "./start-picker.tsx";

function Head({ node }: { node: string }) {
  const trpc = useTRPC();
  // The same question as the picture's first: answered once.
  const query = useQuery(trpc.graph.radius.queryOptions({ node, open: [], show: [] }));
  const root = query.data?.picture.root;
  usePageTitle(root === undefined ? undefined : `Blast radius of ${root.label}`);
  if (root === undefined) return query.isError ? null : <LoadingGraph />;
  const place = [nodeNoun(root), word(root.provider), root.account, root.environment === null ? null : word(root.environment)];
  return (
    <header className="mb-5">
      <p className="text-sm text-ink-2 first-letter:uppercase">{place.filter(Boolean).join(" / ")}</p>
      <h1 className="mt-0.5 text-xl font-semibold tracking-[-0.01em] wrap-anywhere">
        <Name value={root.label} />
      </h1>
      <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        {root.kind === "identity" && root.entityId ? (
          <Link href={`/identities/${root.entityId}`} className="data-link text-accent">
            Open the identity
          </Link>
        ) : null}
        <CopyButton text={typeof window === "undefined" ? "" : window.location.origin + graphHref(root.key)} label="Copy link" showLabel />
      </p>
    </header>
  );
}

/** Blast radius of any node, under an address of its own. */
export function BlastRadiusPage() {
  const { node, state, set } = useUrlGraphState();
  return (
    <Page>
      <p className="mb-3 text-sm">
        <Link href="/choke-points" className="data-link text-ink-3">
          Choke points
        </Link>
      </p>
      {node === null ? (
        <StartPicker />
      ) : (
        <>
          <Head node={node} />
          <Explorer node={node} state={state} setState={set} wide />
        </>
      )}
    </Page>
  );
}
