import { ButtonLink } from "@/ui/button.tsx";
import { Section } from "@/ui/page.tsx";

export function SessionsSection() {
  return (
    <Section title="Your sessions" aside="where you are signed in">
      <ButtonLink href="/settings/sessions">See your sessions</ButtonLink>
    </Section>
  );
}
