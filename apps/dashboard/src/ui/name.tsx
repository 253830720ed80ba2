import { deceptionIn, spelledOut, type Deception } from "@rollcall/nhi-model";

const MARKS: Readonly<Record<Deception, { readonly mark: string; readonly meaning: string }>> = {
  direction: { mark: "reads backwards", meaning: "This name changes its direction: it is stored in another order than it is shown in." },
  hidden: { mark: "hidden characters", meaning: "This name has characters that cannot be seen." },
  look_alike: { mark: "look-alike letters", meaning: "This name has letters of another alphabet that look like Latin ones." },
};

/** A name from a source. It cannot turn the text around it, and is marked when it is not what it seems to be. */
export function Name({ value, className }: { value: string; className?: string }) {
  const deception = deceptionIn(value);
  return (
    <>
      <bdi className={className} title={value}>
        {value}
      </bdi>
      {deception === null ? null : (
        <span
          title={`${MARKS[deception].meaning} ${spelledOut(value)}`}
          className="ml-1.5 inline-block shrink-0 rounded-sm border border-critical/40 px-1 text-xs leading-4 font-normal tracking-normal whitespace-nowrap text-critical"
        >
          {MARKS[deception].mark}
        </span>
      )}
    </>
  );
}

/** What is deceptive about a name, for the page about its bearer. */
export function DeceptionNote({ name }: { name: string }) {
  const deception = deceptionIn(name);
  if (deception === null) return null;
  return (
    <p className="mt-1 text-sm text-ink-2">
      {MARKS[deception].meaning} Spelled out, it is <code className="font-mono text-xs break-all text-ink">{spelledOut(name)}</code>.
    </p>
  );
}
