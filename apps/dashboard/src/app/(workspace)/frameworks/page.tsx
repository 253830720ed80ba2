import type { Metadata } from "next";
import { FrameworksPage } from "@/features/frameworks/frameworks-page.tsx";

export const metadata: Metadata = { title: "Frameworks" };

export default function Route() {
  return <FrameworksPage />;
}
