import { toast } from "sonner";
import { errorWords } from "@/ui/error-words.ts";

export async function signOut(): Promise<void> {
  try {
    await fetch("/api/auth/sign-out", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
    window.location.assign("/sign-in");
  } catch (error) {
    // Who walks away from the machine has to know that the session is still there.
    toast.error(`You are still signed in. ${errorWords(error)}`);
  }
}
