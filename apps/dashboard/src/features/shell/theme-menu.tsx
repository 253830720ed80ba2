"use client";

import { Monitor } from "lucide-react";
import { useTheme } from "next-themes";
import { IconButton } from "@/ui/button.tsx";
import { Menu, MenuRadioGroup } from "@/ui/menu.tsx";

export const THEMES = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "Same as the system" },
] as const;

export type Theme = (typeof THEMES)[number]["value"];

export function ThemeMenu() {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      trigger={
        <IconButton label="Appearance">
          <Monitor aria-hidden className="size-4" strokeWidth={1.75} />
        </IconButton>
      }
    >
      <MenuRadioGroup<Theme> label="Appearance" value={(theme as Theme | undefined) ?? "system"} onChange={setTheme} options={THEMES} />
    </Menu>
  );
}
