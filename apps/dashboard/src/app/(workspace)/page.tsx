import { PosturePage } from "@/features/posture/posture-page.tsx";

export default function Route() {
  return <PosturePage />;
}
