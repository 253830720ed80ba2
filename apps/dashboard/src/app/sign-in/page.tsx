import type { Metadata } from "next";
import { Suspense } from "react";
import { SignInPage } from "@/features/sign-in/sign-in-page.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default function Route() {
  return (
    <Suspense>
      <SignInPage />
    </Suspense>
  );
}
