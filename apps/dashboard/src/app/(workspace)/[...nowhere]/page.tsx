import { notFound } from "next/navigation";

/** Any address no page has: answered inside the shell, so that the ways to go on stand where they always do. */
export default function Nowhere(): never {
  notFound();
}
