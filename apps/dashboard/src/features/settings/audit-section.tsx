import { ButtonLink } from "@/ui/button.tsx";
import { Section } from "@/ui/page.tsx";

export function AuditSection() {
  return (
    <Section title="Audit log" aside="who did what, in a chain that shows tampering">
      <ButtonLink href="/settings/audit">Open the audit log</ButtonLink>
    </Section>
  );
}
