import type { Metadata } from "next";
import { PosturePage } from "@/features/posture/posture-page.tsx";

export const metadata: Metadata = { title: "Posture" };

export default function Route() {
  return <PosturePage />;
}
