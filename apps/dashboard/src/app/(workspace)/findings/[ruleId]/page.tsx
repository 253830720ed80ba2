import type { Metadata } from "next";
import { Suspense } from "react";
import { assertFound } from "@/api/assert-found.ts";
import { RulePage } from "@/features/findings/rule-page.tsx";

export const metadata: Metadata = { title: "Rule" };

export default async function Route({ params }: { params: Promise<{ ruleId: string }> }) {
  const ruleId = decodeURIComponent((await params).ruleId);
  await assertFound("findings.rule", { ruleId });
  return (
    <Suspense>
      <RulePage ruleId={ruleId} />
    </Suspense>
  );
}
