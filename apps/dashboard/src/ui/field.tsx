import { useId, type ComponentProps, type ReactNode } from "react";
import { cx } from "./cx.ts";

export const CONTROL = "h-8 w-full rounded-md border border-control bg-raised px-2.5 text-sm text-ink placeholder:text-ink-3";

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly className?: string;
}

export function Field({
  label,
  hint,
  error,
  className,
  children,
}: FieldProps & { children: (id: string, describedBy: string) => ReactNode }) {
  const id = useId();
  const describedBy = `${id}-note`;
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children(id, describedBy)}
      <p id={describedBy} className={cx("text-xs", error ? "text-critical" : "text-ink-3", !error && !hint && "hidden")}>
        {error ?? hint}
      </p>
    </div>
  );
}

export function TextField({ label, hint, error, className, ...rest }: FieldProps & Omit<ComponentProps<"input">, "className">) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(id, describedBy) => (
        <input id={id} aria-describedby={describedBy} aria-invalid={error ? true : undefined} className={CONTROL} {...rest} />
      )}
    </Field>
  );
}

export function TextArea({ label, hint, error, className, ...rest }: FieldProps & Omit<ComponentProps<"textarea">, "className">) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(id, describedBy) => (
        <textarea
          id={id}
          rows={3}
          aria-describedby={describedBy}
          aria-invalid={error ? true : undefined}
          className={cx(CONTROL, "h-auto py-2")}
          {...rest}
        />
      )}
    </Field>
  );
}

export function SelectField({
  label,
  hint,
  error,
  className,
  options,
  ...rest
}: FieldProps & Omit<ComponentProps<"select">, "className"> & { options: readonly { readonly value: string; readonly label: string }[] }) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(id, describedBy) => (
        <select id={id} aria-describedby={describedBy} className={CONTROL} {...rest}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
