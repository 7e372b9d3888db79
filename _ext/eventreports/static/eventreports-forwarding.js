/* Goes on to where a page is now, with the query and the anchor of its former address. */
"use strict";
{
  const link = document.querySelector("a");
  link.search = location.search;
  link.hash = location.hash;
  location.replace(link.href);
}
