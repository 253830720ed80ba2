import type { Metadata } from "next";
import { WelcomePage } from "@/features/sources/welcome-page.tsx";

export const metadata: Metadata = { title: "Welcome" };

export default function Route() {
  return <WelcomePage />;
}
