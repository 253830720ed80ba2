import type { Metadata } from "next";
import { IngestionPage } from "@/features/sources/ingestion-page.tsx";

export const metadata: Metadata = { title: "Import" };

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <IngestionPage id={id} />;
}
