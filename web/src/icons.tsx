/** Small pictures beside words, for decoration only. */

const paths = {
  start: "M3.5 4.5h5.5v5H3.5zM11 4.5h5.5v5H11zM3.5 12h5.5v4.5H3.5zM13.8 12v4.5M11.5 14.2h4.6",
  import: "M3 10h9M8.5 6.5 12 10l-3.5 3.5M9 4h7v12H9",
  download: "M10 3v9M6.5 8.5 10 12l3.5-3.5M4 16h12",
  share:
    "M8.5 11.5 12 8M7 9.5 5.2 11.3a2.5 2.5 0 0 0 3.5 3.5L10.5 13M9.5 7l1.8-1.8a2.5 2.5 0 0 1 3.5 3.5L13 10.5",
  copy: "M7 7h9v9H7zM4 13V4h9",
  undo: "M4 8.5h8a4 4 0 0 1 0 8H8M7.5 5 4 8.5 7.5 12",
  redo: "M16 8.5H8a4 4 0 0 0 0 8h4M12.5 5 16 8.5 12.5 12",
  add: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  fit: "M3.5 7.5v-4h4M16.5 7.5v-4h-4M3.5 12.5v4h4M16.5 12.5v4h-4M7 8h6v4H7z",
  screen: "M3.5 7.5v-4h4M16.5 7.5v-4h-4M3.5 12.5v4h4M16.5 12.5v4h-4",
  remove: "M5 5l10 10M15 5 5 15",
  up: "M5 12.5 10 7.5l5 5",
  down: "M5 7.5l5 5 5-5",
  more: "M4 10h.5M9.75 10h.5M15.5 10h.5",
  warning: "M10 3 18 16.5H2zM10 8v4M10 14v.5",
  error: "M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15M10 6v5M10 13.5v.5",
  good: "M4 10.5 8 14.5 16 5.5",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
