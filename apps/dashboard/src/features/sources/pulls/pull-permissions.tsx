"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/api/trpc.ts";
import { CopyButton } from "@/ui/copy-button.tsx";
import { Section } from "@/ui/page.tsx";

/** What the credential has to be able to do, and what it need not. */
export function PullPermissions() {
  const trpc = useTRPC();
  const connectors = useQuery(trpc.sources.connectors.queryOptions()).data ?? [];
  const needed = connectors
    .map(({ id, title, datasets }) => ({
      id,
      title,
      permissions: [...new Set(datasets.flatMap((one) => one.permissions))],
    }))
    .filter(({ permissions }) => permissions.length > 0);
  return (
    <Section title="What the credential must be allowed to do">
      <div className="flex flex-col gap-5">
        <p className="measure text-ink-2">
          Read this one address and the pages that it names, with GET. Nothing else: Rollcall writes nowhere, and shows the credential to no
          other host. Make one for Rollcall alone, so that its use can be told apart and it can be withdrawn by itself.
        </p>
        <p className="measure text-ink-2">
          When the address answers from a provider&apos;s API, or a job of yours makes the export, these are the permissions behind it. Of a
          refused page the permission that is missing is shown at the source.
        </p>
        {needed.map(({ id, title, permissions }) => (
          <div key={id}>
            <h3 className="mb-1 flex items-center gap-1 text-sm font-medium">
              {title} <CopyButton text={permissions.join("\n")} label={`Copy the permissions for ${title}`} />
            </h3>
            <p className="font-mono text-xs leading-5 break-words text-ink-2">{permissions.join(", ")}</p>
          </div>
        ))}
        <p className="text-sm text-ink-3">Every format that can be brought as a file can be read from an address.</p>
      </div>
    </Section>
  );
}
