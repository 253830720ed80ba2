import type { Metadata } from "next";
import { PullPage } from "@/features/sources/pulls/pull-page.tsx";

export const metadata: Metadata = { title: "Pull from an address" };

export default function Route() {
  return <PullPage />;
}
