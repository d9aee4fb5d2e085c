//! What a change is compared with where it is checked by a service.

/// The revision that the merge request or pull request under test is to be merged into, and the
/// variable that says so; `None` outside of one.
pub fn base_of_ci(variable: impl Fn(&str) -> Option<String>) -> Option<(String, &'static str)> {
    let set =
        |name: &'static str| variable(name).filter(|value| !value.is_empty()).map(|value| (value, name));
    // GitHub, and Gitea and Forgejo after it: the name of a branch.
    let branch = set("GITHUB_BASE_REF").map(|(branch, name)| (format!("origin/{branch}"), name));
    // GitLab: a commit.
    branch.or_else(|| set("CI_MERGE_REQUEST_DIFF_BASE_SHA"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_requests_have_a_base() {
        let base = |name: &str, value: &str| {
            let (name, value) = (name.to_owned(), value.to_owned());
            base_of_ci(move |asked| (asked == name).then(|| value.clone())).map(|(revision, _)| revision)
        };
        assert_eq!(base("GITHUB_BASE_REF", "main").as_deref(), Some("origin/main"));
        assert_eq!(base("GITHUB_BASE_REF", ""), None);
        assert_eq!(base("CI_MERGE_REQUEST_DIFF_BASE_SHA", "1a2b").as_deref(), Some("1a2b"));
        assert_eq!(base("CI", "true"), None);
    }
}
