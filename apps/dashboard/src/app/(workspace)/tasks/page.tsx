import type { Metadata } from "next";
import { Suspense } from "react";
import { assertFound } from "@/api/assert-found.ts";
import { TasksPage } from "@/features/tasks/tasks-page.tsx";

export const metadata: Metadata = { title: "My tasks" };

export default async function Route({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { task } = await searchParams;
  if (typeof task === "string") await assertFound("tasks.get", { id: task });
  return (
    <Suspense>
      <TasksPage />
    </Suspense>
  );
}
