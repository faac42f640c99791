/** How a command reports. */
export type ReportFormat = "text" | "json";
