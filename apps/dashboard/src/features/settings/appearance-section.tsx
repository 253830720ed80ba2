"use client";

import { useTheme } from "next-themes";
import { THEMES } from "@/features/shell/theme-menu.tsx";
import type { Density } from "@/ui/data-table/column.ts";
import { Section } from "@/ui/page.tsx";
import { useHydrated } from "@/ui/use-hydrated.ts";
import { useRemembered } from "@/ui/use-remembered.ts";

interface ChoiceProps {
  readonly legend: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

function Choice({ legend, name, value, options, onChange }: ChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex h-8 items-center gap-2">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="size-3.5 accent-(--accent)"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

const DENSITIES = [
  { value: "comfortable", label: "Comfortable" },
  { value: "dense", label: "Dense" },
] as const;

export function AppearanceSection() {
  const { theme, setTheme } = useTheme();
  const [density, setDensity] = useRemembered<Density>("density", "comfortable");
  const hydrated = useHydrated();
  return (
    <Section title="Appearance" aside="in this browser">
      <div className="flex flex-wrap gap-12">
        {/* The theme is known only in the browser. */}
        <Choice legend="Theme" name="theme" value={hydrated ? (theme ?? "system") : ""} options={THEMES} onChange={setTheme} />
        <Choice
          legend="Rows of tables"
          name="density"
          value={density}
          options={DENSITIES}
          onChange={(next) => setDensity(next as Density)}
        />
      </div>
    </Section>
  );
}
