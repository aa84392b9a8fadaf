// A search form sends only what was asked: fields left empty stay out of the address.
// The server reads the long address just as well.

document.addEventListener("formdata", (event) => {
  if (event.target.getAttribute("role") !== "search") return;
  const { formData } = event;
  for (const name of new Set(formData.keys())) {
    const given = formData.getAll(name).filter((value) => value !== "");
    formData.delete(name);
    given.forEach((value) => formData.append(name, value));
  }
  if (!formData.has("near")) formData.delete("within");
  if (!formData.has("pay") && formData.get("per") === "year") formData.delete("per");
});
