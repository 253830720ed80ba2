import type { Metadata } from "next";
import { Suspense } from "react";
import { TasksPage } from "@/features/tasks/tasks-page.tsx";

export const metadata: Metadata = { title: "My tasks" };

export default function Route() {
  return (
    <Suspense>
      <TasksPage />
    </Suspense>
  );
}
