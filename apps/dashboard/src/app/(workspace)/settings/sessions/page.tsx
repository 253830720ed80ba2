import type { Metadata } from "next";
import { SessionsPage } from "@/features/settings/sessions/sessions-page.tsx";

export const metadata: Metadata = { title: "Your sessions" };

export default function Route() {
  return <SessionsPage />;
}
