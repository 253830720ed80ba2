import type { Metadata } from "next";
import { Suspense } from "react";
import { RulePage } from "@/features/findings/rule-page.tsx";

export const metadata: Metadata = { title: "Rule" };

export default async function Route({ params }: { params: Promise<{ ruleId: string }> }) {
  const { ruleId } = await params;
  return (
    <Suspense>
      <RulePage ruleId={decodeURIComponent(ruleId)} />
    </Suspense>
  );
}
