"use client";

import { useEffect, useRef, useState, type PointerEvent } from "react";
import { cx } from "./cx.ts";

export interface Line {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly tone: string;
  readonly dashed?: boolean;
}

interface LineChartProps {
  readonly dates: readonly string[];
  readonly lines: readonly Line[];
  readonly max: number;
  readonly height: number;
  readonly label: string;
  readonly format: (value: number) => string;
}

const LEFT = 32;
const RIGHT = 104;
const TOP = 8;
const BOTTOM = 24;

function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

function pathOf(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let path = "";
  let pen = "M";
  values.forEach((value, index) => {
    if (value === null) pen = "M";
    else {
      path += `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = "L";
    }
  });
  return path;
}

/** Labels stand at the end of their line; those that would touch are moved apart. */
function endLabels(lines: readonly Line[], y: (value: number) => number): { label: string; at: number; tone: string; value: number }[] {
  const ends = lines
    .map((line) => ({ label: line.label, tone: line.tone, value: line.values.findLast((value) => value !== null) ?? 0 }))
    .map((end) => ({ ...end, at: y(end.value) }))
    .sort((a, b) => a.at - b.at);
  for (let index = 1; index < ends.length; index++) {
    const previous = ends[index - 1];
    const current = ends[index];
    if (previous && current && current.at - previous.at < 30) current.at = previous.at + 30;
  }
  return ends;
}

const shortDate = (date: string) => new Date(date).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

function Grid({ max, right, y, format }: { max: number; right: number; y: (value: number) => number; format: (value: number) => string }) {
  return [0, max / 2, max].map((tick) => (
    <g key={tick}>
      <line x1={LEFT} x2={right} y1={y(tick)} y2={y(tick)} className={tick === 0 ? "stroke-line-strong" : "stroke-line"} />
      <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end" className="fill-ink-3 text-xs">
        {format(tick)}
      </text>
    </g>
  ));
}

/** Lines over days from a zero baseline, named at their end instead of in a legend. Days without an answer stay gaps. */
export function LineChart({ dates, lines, max, height, label, format }: LineChartProps) {
  const [ref, width] = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const right = width - RIGHT;
  const x = (index: number) => LEFT + (index / Math.max(1, dates.length - 1)) * (right - LEFT);
  const y = (value: number) => TOP + (1 - value / max) * (height - TOP - BOTTOM);
  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const offset = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    const index = Math.round((offset / Math.max(1, right - LEFT)) * (dates.length - 1));
    setHover(index >= 0 && index < dates.length ? index : null);
  };
  const marks = [0, Math.floor((dates.length - 1) / 2), dates.length - 1];
  return (
    <div ref={ref} style={{ height }} className="relative">
      {width > 0 ? (
        <svg width={width} height={height} role="img" aria-label={label} onPointerMove={onMove} onPointerLeave={() => setHover(null)}>
          <Grid max={max} right={right} y={y} format={format} />
          {marks.map((index, place) => (
            <text key={index} x={x(index)} y={height - 4} textAnchor={place === 0 ? "start" : place === 1 ? "middle" : "end"} className="fill-ink-3 text-xs">
              {shortDate(dates[index] ?? "")}
            </text>
          ))}
          {lines.map((line) => (
            <path key={line.label} d={pathOf(line.values, x, y)} fill="none" strokeWidth="1.75" strokeLinejoin="round" strokeDasharray={line.dashed ? "2 3" : undefined} className={cx("stroke-current", line.tone)} />
          ))}
          {endLabels(lines, y).map((end) => (
            <text key={end.label} x={right + 10} y={end.at} className={cx("fill-current text-xs", end.tone)}>
              <tspan className="text-sm font-semibold">{format(end.value)}</tspan>
              <tspan x={right + 10} dy="14">
                {end.label}
              </tspan>
            </text>
          ))}
          {hover === null ? null : (
            <g>
              <line x1={x(hover)} x2={x(hover)} y1={TOP} y2={height - BOTTOM} className="stroke-line-strong" />
              {lines.map((line) => {
                const value = line.values[hover];
                return value == null ? null : <circle key={line.label} cx={x(hover)} cy={y(value)} r="3.5" className={cx("fill-current stroke-paper", line.tone)} strokeWidth="1.5" />;
              })}
            </g>
          )}
        </svg>
      ) : null}
      {hover === null ? null : (
        <div className="pointer-events-none absolute top-0 rounded-md bg-raised px-2.5 py-1.5 text-xs shadow-pop" style={x(hover) > width / 2 ? { right: width - x(hover) + 10 } : { left: x(hover) + 10 }}>
          <p className="text-ink-3">{shortDate(dates[hover] ?? "")}</p>
          {lines.map((line) => (
            <p key={line.label} className="flex justify-between gap-4">
              <span>{line.label}</span>
              <span className="font-medium">{line.values[hover] == null ? "unknown" : format(line.values[hover])}</span>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
