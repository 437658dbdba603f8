### The name and the picture of a person.

profile-lead = Applications that you allow it show these beside what you do there.
profile-name = Name
profile-rename = Save name
profile-renamed = Your name is saved.
profile-error-name = This name cannot be taken. Use fewer than 256 letters, and no control characters.
profile-picture = Your picture
profile-picture-choose = Choose a picture
profile-picture-hint = PNG or JPEG, 1 MB at most.
profile-picture-remove = Remove picture
profile-picture-set = Your picture is set.
profile-picture-removed = Your picture is removed.
profile-error-picture = This picture cannot be taken. Choose a PNG or JPEG file of 1 MB at most.
