import type { Metadata } from "next";
import { FrameworkPage } from "@/features/frameworks/framework-page.tsx";

export const metadata: Metadata = { title: "Framework" };

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <FrameworkPage id={decodeURIComponent(id)} />;
}
