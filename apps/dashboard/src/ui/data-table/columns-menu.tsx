"use client";

import { Columns3, Rows3 } from "lucide-react";
import { IconButton } from "../button.tsx";
import { Menu, MenuCheck } from "../menu.tsx";
import type { Density } from "./column.ts";

interface ColumnsMenuProps {
  readonly columns: readonly { readonly id: string; readonly header: string; readonly pinned?: boolean }[];
  readonly hidden: Readonly<Record<string, boolean>>;
  readonly onHidden: (hidden: Readonly<Record<string, boolean>>) => void;
}

export function ColumnsMenu({ columns, hidden, onHidden }: ColumnsMenuProps) {
  return (
    <Menu
      trigger={
        <IconButton label="Choose columns">
          <Columns3 aria-hidden className="size-4" strokeWidth={1.75} />
        </IconButton>
      }
    >
      {columns
        .filter((column) => !column.pinned)
        .map((column) => (
          <MenuCheck key={column.id} checked={!hidden[column.id]} onChange={(shown) => onHidden({ ...hidden, [column.id]: !shown })}>
            {column.header}
          </MenuCheck>
        ))}
    </Menu>
  );
}

export function DensityButton({ density, onDensity }: { density: Density; onDensity: (density: Density) => void }) {
  const dense = density === "dense";
  return (
    <IconButton
      label={dense ? "Taller rows" : "Denser rows"}
      aria-pressed={dense}
      onClick={() => onDensity(dense ? "comfortable" : "dense")}
    >
      <Rows3 aria-hidden className="size-4" strokeWidth={1.75} />
    </IconButton>
  );
}
