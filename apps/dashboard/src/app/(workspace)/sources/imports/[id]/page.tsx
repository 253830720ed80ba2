import type { Metadata } from "next";
import { assertFound } from "@/api/assert-found.ts";
import { IngestionPage } from "@/features/sources/ingestion-page.tsx";

export const metadata: Metadata = { title: "Import" };

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  await assertFound("ingestions.get", { id });
  return <IngestionPage id={id} />;
}
