/** The generated files of a host in tabs, those of the Ansible project as a tree. */

import { ansibleFolder } from "../../../src/render/ansible/layout.ts";
import { t } from "../i18n/words.ts";
import { Icon } from "../icons.tsx";
import { showFile } from "../state/actions.ts";
import { file, group, groupName } from "../state/state.ts";
import { Tabs } from "../tabs.tsx";
import type { FileContent, FileEntry } from "../worker/protocol.ts";
import { ChangedDot } from "./changed-dot.tsx";
import { CodeView } from "./code-view.tsx";
import { Copy } from "./copy.tsx";
import { downloadResult, downloadZip } from "./download.ts";
import { FileTree } from "./file-tree.tsx";

export function Files() {
  const content = file.value;
  const files = group.value?.files ?? [];
  if (files.length === 0) return <p class="empty">{t("files.none")}</p>;
  if (groupName.value === ansibleFolder)
    return (
      <div class="files-by-folder">
        <FileTree files={files} />
        {content !== null && <File content={content} />}
      </div>
    );
  return (
    <>
      <div class="file-tabs">
        <Tabs
          label={t("files.label", { host: groupName.value })}
          style="files"
          panel="file"
          chosen={content?.path ?? ""}
          choose={(path) => void showFile(path)}
          tabs={files.map((entry) => ({ id: entry.path, label: <FileLabel entry={entry} /> }))}
        />
      </div>
      {content !== null && <File content={content} />}
    </>
  );
}

function FileLabel({ entry: { path, isChanged } }: { readonly entry: FileEntry }) {
  return (
    <>
      {nameOf(path)}
      <ChangedDot isChanged={isChanged} />
    </>
  );
}

function File({ content }: { readonly content: FileContent }) {
  const { path, text } = content;
  const isAnsible = groupName.value === ansibleFolder;
  return (
    <div id="file" class="file" role="tabpanel" aria-label={path}>
      <div class="file-head">
        <span class="soft file-facts">
          <span class="code file-path">{path} · </span>
          {t("files.lines", { count: text.split("\n").length - 1 })}
          <MarkCount content={content} />
        </span>
        <span class="file-tools">
          <Copy text={text} isResult />
          <button
            type="button"
            class="button small"
            onClick={() =>
              downloadResult(nameOf(path).replaceAll("/", "-"), text, "application/octet-stream")
            }
          >
            <Icon name="download" />
            {t("files.download")}
          </button>
          <button type="button" class="button small" onClick={() => void downloadZip(groupName.value)}>
            <Icon name="download" />
            {t(isAnsible ? "files.zipAnsible" : "files.zip")}
          </button>
        </span>
      </div>
      <CodeView content={content} />
    </div>
  );
}

function MarkCount({ content: { marks } }: { readonly content: FileContent }) {
  const count = marks.changed.length + marks.removedBefore.length;
  if (count === 0) return null;
  return (
    <span class="mark-count"> · {count === 1 ? t("files.markedOne") : t("files.marked", { count })}</span>
  );
}

/** Without the group's folder. */
function nameOf(path: string): string {
  return path.slice(path.indexOf("/") + 1);
}
