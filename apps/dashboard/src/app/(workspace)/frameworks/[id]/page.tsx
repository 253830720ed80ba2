import type { Metadata } from "next";
import { assertFound } from "@/api/assert-found.ts";
import { FrameworkPage } from "@/features/frameworks/framework-page.tsx";

export const metadata: Metadata = { title: "Framework" };

export default async function Route({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  await assertFound("frameworks.get", { id });
  return <FrameworkPage id={id} />;
}
