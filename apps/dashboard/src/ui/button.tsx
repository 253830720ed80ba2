import { cva, type VariantProps } from "class-variance-authority";
import { Download } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx.ts";
import { Link } from "./link.tsx";

const button = cva(
  "inline-flex items-center justify-center gap-2 whitespace-nowrap rounded-md font-medium transition-colors duration-120 disabled:opacity-50 disabled:cursor-not-allowed select-none",
  {
    variants: {
      tone: {
        primary: "bg-accent text-on-accent hover:bg-accent-strong",
        outline: "border border-line-strong bg-raised text-ink hover:bg-hover",
        quiet: "text-ink-2 hover:bg-hover hover:text-ink",
        danger: "border border-critical text-critical hover:bg-critical-soft",
      },
      size: { sm: "h-7 px-2 text-sm", md: "h-8 px-3 text-sm", lg: "h-10 px-4 text-base" },
    },
    defaultVariants: { tone: "outline", size: "md" },
  },
);

type ButtonLook = VariantProps<typeof button>;

export function Button({ tone, size, className, type = "button", ...rest }: ComponentProps<"button"> & ButtonLook) {
  return <button type={type} className={cx(button({ tone, size }), className)} {...rest} />;
}

export function ButtonLink({ tone, size, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={cx(button({ tone, size }), className)} {...rest} />;
}

/** Fetches a file from the API, which is no page of ours. */
export function DownloadLink({ tone, size, className, children, ...rest }: Omit<ComponentProps<"a">, "download"> & ButtonLook) {
  return (
    <a download className={cx(button({ tone, size }), className)} {...rest}>
      <Download aria-hidden className="size-4" strokeWidth={1.75} />
      {children}
    </a>
  );
}

/** A square button that shows only an icon; `label` is what it says aloud and on hover. */
export function IconButton({ label, className, ...rest }: ComponentProps<"button"> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        "inline-grid size-8 place-items-center rounded-md text-ink-3 transition-colors duration-120 hover:bg-hover hover:text-ink",
        className,
      )}
      {...rest}
    />
  );
}
