// Screening: a file may be dropped, and how far it has come is told without a reload.

const drop = document.getElementById("drop");
if (drop) {
  const input = document.getElementById("file");
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length === 1) {
      input.files = event.dataTransfer.files;
      input.form.requestSubmit();
    }
  });
}

const progress = document.getElementById("progress");
if (progress) {
  const bar = document.getElementById("bar");
  const said = document.getElementById("said");
  const look = async () => {
    const answer = await fetch(progress.dataset.job).catch(() => null);
    if (answer && answer.status === 401) {
      bar.hidden = true;
      document.getElementById("onward").hidden = true;
      document.getElementById("over").append(document.getElementById("over-words").content);
      return;
    }
    const job = answer && answer.ok ? await answer.json() : null;
    if (job && (job.state === "done" || job.state === "failed")) {
      location.reload();
      return;
    }
    if (job && job.rows) {
      bar.max = job.rows;
      bar.value = job.examined;
      const number = new Intl.NumberFormat(document.documentElement.lang);
      said.textContent = progress.dataset.said
        .replace("{done}", number.format(job.examined))
        .replace("{rows}", number.format(job.rows));
    }
    setTimeout(look, 500);
  };
  look();
}
