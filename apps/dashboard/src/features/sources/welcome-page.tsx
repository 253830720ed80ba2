"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useMay, useSession } from "@/features/shell/use-session.ts";
import { ActionError } from "@/ui/action-error.tsx";
import { Button } from "@/ui/button.tsx";
import { Page } from "@/ui/page.tsx";
import { ConnectorGuide } from "./connector-guide.tsx";
import { useLoadDemo } from "./demo-actions.ts";
import { ImportForm } from "./import-form.tsx";

function Choices({ onOwn }: { onOwn: () => void }) {
  const load = useLoadDemo();
  return (
    <div className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border border-line bg-line md:grid-cols-2">
      <div className="flex flex-col items-start gap-2 bg-raised p-6">
        <h2 className="text-lg font-semibold">Bring your first export</h2>
        <p className="measure flex-1 text-ink-2">
          Files of an AWS account or a Kubernetes cluster, made with commands you copy from here. Rollcall gets no access to anything.
        </p>
        <Button tone="primary" size="lg" className="mt-3" onClick={onOwn}>
          Bring an export
        </Button>
      </div>
      <div className="flex flex-col items-start gap-2 bg-raised p-6">
        <h2 className="text-lg font-semibold">Load the demo organisation</h2>
        <p className="measure flex-1 text-ink-2">
          About 1,500 invented identities with 90 days of history, marked as demo wherever they show, and removed in one action.
        </p>
        <Button size="lg" className="mt-3" disabled={load.isPending} onClick={() => load.mutate()}>
          {load.isPending ? "Loading the demo" : "Load the demo"}
        </Button>
        <ActionError error={load.error} />
      </div>
    </div>
  );
}

/** The first run: two ways to begin, nothing else. */
export function WelcomePage() {
  const session = useSession();
  const may = useMay();
  const [own, setOwn] = useState(false);
  const router = useRouter();
  const started = session?.hasData ?? false;
  // Sign-in links always lead here; who has data already goes on to it.
  useEffect(() => {
    if (started) router.replace("/");
  }, [started, router]);
  if (!session || started) return null;
  return (
    <Page className="mx-0 max-w-5xl pt-12">
      <h1 className="measure text-2xl font-semibold tracking-[-0.02em]">
        Every machine identity: what it is, who answers for it, what it could reach.
      </h1>
      <p className="measure mt-2 mb-8 text-lg text-ink-2">
        Nothing is connected to <bdi>{session.workspace.name}</bdi> yet.
      </p>
      {!may.import ? <p className="measure text-ink-2">Ask an admin or an analyst of this workspace to bring the first export.</p> : null}
      {may.import && !own ? <Choices onOwn={() => setOwn(true)} /> : null}
      {may.import && own ? (
        <div className="grid grid-cols-1 gap-x-12 gap-y-10 lg:grid-cols-2">
          <div>
            <ImportForm />
            <p className="mt-4 text-sm text-ink-3">
              Or go back and{" "}
              <button type="button" className="text-accent underline" onClick={() => setOwn(false)}>
                load the demo
              </button>
              .
            </p>
          </div>
          <ConnectorGuide />
        </div>
      ) : null}
    </Page>
  );
}
